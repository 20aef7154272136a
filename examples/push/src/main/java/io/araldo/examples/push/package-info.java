@NullMarked
package io.araldo.examples.push;

import org.jspecify.annotations.NullMarked;

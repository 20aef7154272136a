@NullMarked
package io.araldo.examples.backend;

import org.jspecify.annotations.NullMarked;

/** Browsers that ask, and an application that answers. */
@NullMarked
package io.araldo.examples.backend;

import org.jspecify.annotations.NullMarked;

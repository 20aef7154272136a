/** A chat in a Spring Boot application, by the container that it has anyway. */
@NullMarked
package io.araldo.examples.springboot;

import org.jspecify.annotations.NullMarked;

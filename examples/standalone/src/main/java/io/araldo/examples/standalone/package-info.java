/** The relay as a program: a configuration file, a command line, exit codes. */
@NullMarked
package io.araldo.examples.standalone;

import org.jspecify.annotations.NullMarked;

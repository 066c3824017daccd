/**
 * What is read off one line to place it: its ids, its tier, its level, its milestone. Tables, not branches: what a message or
 * a service's name means is a setting.
 */
@NullMarked
package io.spoor.enrich.tag;

import org.jspecify.annotations.NullMarked;

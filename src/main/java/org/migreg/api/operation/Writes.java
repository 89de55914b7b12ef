package org.migreg.api.operation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.migreg.web.WriteHeader;

/** Marks an operation that writes and so needs the token, for the contract. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Writes {
    /** The headers that it takes. */
    WriteHeader[] value() default {WriteHeader.AUTHOR, WriteHeader.REASON};
}

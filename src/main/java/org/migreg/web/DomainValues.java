package org.migreg.web;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.json.DomainModule;
import org.migreg.contract.json.DomainText;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.convert.converter.ConverterFactory;
import org.springframework.core.convert.converter.ConverterRegistry;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.JacksonModule;

/** Domain values in requests: in bodies as Jackson's module reads them, in parameters by the same parsers. */
@Configuration(proxyBeanMethods = false)
class DomainValues implements WebMvcConfigurer {

    @Bean
    JacksonModule domainModule() {
        return new DomainModule();
    }

    @Override
    public void addFormatters(FormatterRegistry registry) {
        DomainText.ALL.forEach(text -> add(registry, text));
        registry.addConverterFactory(new Enums());
    }

    /** Enums as bodies have them: in any case, and with the names there are where one is unknown. */
    private static final class Enums implements ConverterFactory<String, Enum<?>> {

        @Override
        public <T extends Enum<?>> Converter<String, @Nullable T> getConverter(Class<T> type) {
            DomainText<?> text = Objects.requireNonNull(DomainText.of(type));
            return given -> given.isBlank() ? null : type.cast(text.parser().apply(given));
        }
    }

    private static <T> void add(ConverterRegistry registry, DomainText<T> text) {
        registry.addConverter(String.class, text.type(), given -> text.parser().apply(given));
    }
}

package org.migreg.contract.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.deser.Deserializers;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.ser.std.ToStringSerializer;

/** Teaches Jackson the domain's values, and to read the records of the contract with all of their mistakes at once. */
public final class DomainModule extends SimpleModule {

    private static final long serialVersionUID = 1;
    private static final String CONTRACT = "org.migreg.contract";
    private static final JsonMapper MAPPER =
            JsonMapper.builder().addModule(new DomainModule()).build();

    public DomainModule() {
        super("migreg-domain");
        DomainText.ALL.forEach(text -> addSerializer(text.type(), ToStringSerializer.instance));
        DomainObject.ALL.forEach(this::addSerializer);
    }

    private <T, P> void addSerializer(DomainObject<T, P> object) {
        addSerializer(object.type(), new ValueSerializer<T>() {
            @Override
            public void serialize(T value, JsonGenerator generator, SerializationContext context) {
                context.writeValue(generator, object.writer().apply(value));
            }
        });
    }

    /**
     * Reads what a form gives, as if a program had sent it.
     *
     * @throws org.migreg.contract.InvalidFieldException with all that is wrong
     */
    public static <T> T read(ObjectNode fields, Class<T> type) {
        return MAPPER.treeToValue(fields, type);
    }

    @Override
    public void setupModule(SetupContext context) {
        super.setupModule(context);
        context.addDeserializers(new Deserializers.Base() {
            @Override
            public @Nullable ValueDeserializer<?> findBeanDeserializer(
                    JavaType type, DeserializationConfig config, BeanDescription.Supplier bean) {
                return hasDeserializerFor(config, type.getRawClass()) ? new BodyDeserializer(type.getRawClass()) : null;
            }

            @Override
            public boolean hasDeserializerFor(DeserializationConfig config, Class<?> type) {
                return type.isRecord() && type.getPackageName().startsWith(CONTRACT);
            }
        });
    }

    private static final class BodyDeserializer extends ValueDeserializer<Object> {

        private final Class<?> type;

        BodyDeserializer(Class<?> type) {
            this.type = type;
        }

        @Override
        public @Nullable Object deserialize(JsonParser parser, DeserializationContext context) {
            return BodyReader.read(parser, context, type);
        }
    }
}

package dev.faultline.results;

import dev.faultline.checkers.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.module.SimpleModule;

/** Lets Jackson write and read the checkers' own JSON tree. */
final class JsonTreeModule extends SimpleModule {

  private static final long serialVersionUID = 1L;

  JsonTreeModule() {
    super("json-tree");
    addSerializer(Json.class, new Writer());
    addDeserializer(Json.Obj.class, new ObjectReader());
  }

  private static final class Writer extends ValueSerializer<Json> {

    @Override
    public void serialize(Json value, JsonGenerator out, SerializationContext context) {
      switch (value) {
        case Json.Null() -> out.writeNull();
        case Json.Bool(boolean bool) -> out.writeBoolean(bool);
        case Json.Int(long number) -> out.writeNumber(number);
        case Json.Real(double number) -> out.writeNumber(number);
        case Json.Decimal(BigDecimal number) -> out.writeNumber(number);
        case Json.Text(String text) -> out.writeString(text);
        case Json.Array(List<Json> values) -> {
          out.writeStartArray();
          values.forEach(each -> serialize(each, out, context));
          out.writeEndArray();
        }
        case Json.Obj(Map<String, Json> members) -> {
          out.writeStartObject();
          members.forEach((name, member) -> {
            out.writeName(name);
            serialize(member, out, context);
          });
          out.writeEndObject();
        }
      }
    }
  }

  private static final class ObjectReader extends ValueDeserializer<Json.Obj> {

    @Override
    public Json.Obj deserialize(JsonParser in, DeserializationContext context) {
      if (in.currentToken() != JsonToken.START_OBJECT) {
        return (Json.Obj) context.handleUnexpectedToken(Json.Obj.class, in);
      }
      return object(in);
    }

    private static Json.Obj object(JsonParser in) {
      Map<String, Json> members = new LinkedHashMap<>();
      while (in.nextToken() != JsonToken.END_OBJECT) {
        String name = in.currentName();
        in.nextToken();
        members.put(name, value(in));
      }
      return new Json.Obj(members);
    }

    private static Json value(JsonParser in) {
      return switch (in.currentToken()) {
        case START_OBJECT -> object(in);
        case START_ARRAY -> {
          List<Json> values = new ArrayList<>();
          while (in.nextToken() != JsonToken.END_ARRAY) {
            values.add(value(in));
          }
          yield new Json.Array(values);
        }
        case VALUE_STRING -> Json.of(in.getString());
        case VALUE_TRUE -> Json.of(true);
        case VALUE_FALSE -> Json.of(false);
        case VALUE_NUMBER_INT ->
            in.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                ? Json.decimal(in.getString())
                : Json.of(in.getLongValue());
        case VALUE_NUMBER_FLOAT -> Json.decimal(in.getString());
        default -> Json.NULL;
      };
    }
  }
}

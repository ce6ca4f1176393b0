import Type, { type TProperties } from 'typebox';

/** Whole won. The Java services send doubles without a fraction, which JSON reads as the same number. */
export const Won = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description: 'Whole won' });
export const OrderId = Type.Integer({
  minimum: 1,
  maximum: Number.MAX_SAFE_INTEGER,
  description: "The order's id; every record about an order carries it",
});
export const CustomerId = Type.String({
  minLength: 1,
  maxLength: 64,
  pattern: '^[^\\u0000-\\u001f]+$',
  description: 'Who ordered; `demo` until there is identity',
});

export const PaymentReference = Type.String({
  minLength: 1,
  maxLength: 64,
  pattern: '^[\\x21-\\x7e]+$',
  description: 'Random, chosen by app for each order: a payment with another one belongs to another order',
});

const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);
/** Null or absent: how a Java service says that it does not know the value. */
export const optional = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Optional(nullable(schema));

const envelope = {
  timestamp: Type.Optional(Type.String({ pattern: '^\\d{14}$', description: 'yyyyMMddHHmmss, Asia/Seoul' })),
  customerId: Type.Optional(CustomerId),
};

/** One event's JSON on the wire: flat, open to fields that a newer sender adds. */
export function eventSchema<Name extends string, Fields extends TProperties>(
  name: Name,
  description: string,
  fields: Fields,
) {
  return Type.Object(
    { eventType: Type.Literal(name), ...envelope, ...fields },
    { title: name, description, additionalProperties: true },
  );
}

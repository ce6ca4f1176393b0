import Type, { type TOptional, type TProperties, type TSchema } from 'typebox';
import { STORABLE_PATTERN } from '../storable-text.ts';

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
  pattern: '^[^\\u0000-\\u001f\\ud800-\\udfff]+$',
  description: 'Who ordered; `demo` until there is identity',
});

/** A text of at most so many characters, as wide as the columns that keep it. */
const Text = (maxLength: number) => Type.String({ maxLength, pattern: STORABLE_PATTERN });
/** What was ordered: the id of the catalogue's item. */
export const ItemText = Text(64);
export const AddressText = Text(255);
/** One of a state's words. */
export const StateText = Text(64);
export const Quantity = Type.Integer({ minimum: 0, maximum: 2_147_483_647 });
/** Another service's own number for its record. */
export const RecordId = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
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

/** Null on the wire is read as absent, so handlers never see it. */
const absentOrNull = <T extends TSchema>(schema: T) => optional(schema) as unknown as TOptional<T>;

const envelope = {
  timestamp: absentOrNull(
    Type.String({ pattern: '^\\d{14}$', description: 'yyyyMMddHHmmss, Asia/Seoul; UTC from a Java service' }),
  ),
  customerId: absentOrNull(CustomerId),
};
export const envelopeFields = Object.keys(envelope);

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

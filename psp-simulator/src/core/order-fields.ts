import Type from 'typebox';

/** Won. A card pays 100 at least. */
export const CARD_MINIMUM = 100;

export const OrderId = Type.String({ minLength: 6, maxLength: 64, pattern: '^[A-Za-z0-9_-]+$' });
export const Amount = Type.Integer({ minimum: 1, maximum: 9_999_999_999 });
export const OrderName = Type.String({ minLength: 1, maxLength: 100 });

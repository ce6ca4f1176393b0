import Type, { type Static } from 'typebox';

export const ItemResource = Type.Object(
  {
    id: Type.String({ minLength: 1, maxLength: 64, pattern: '^[A-Za-z0-9._-]+$' }),
    name: Type.String({ minLength: 1 }),
    maker: Type.String({ minLength: 1 }),
    price: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER, description: 'Whole won' }),
  },
  { title: 'Item' },
);
export type ItemResource = Static<typeof ItemResource>;

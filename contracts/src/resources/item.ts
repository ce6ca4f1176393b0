import Type, { type Static } from 'typebox';
import { Won } from '../events/envelope.ts';

export const ItemResource = Type.Object(
  {
    id: Type.String({ minLength: 1, maxLength: 64, pattern: '^[A-Za-z0-9._-]+$' }),
    name: Type.String({ minLength: 1 }),
    maker: Type.String({ minLength: 1 }),
    price: Won,
  },
  { title: 'Item' },
);
export type ItemResource = Static<typeof ItemResource>;

import { Type, type Static } from 'typebox';
import { multilineText, text } from '../text.js';

/** The client's drawings. */
export const arts = [
  'mug',
  'teapot',
  'bowl',
  'lamp',
  'pendant',
  'plant',
  'cactus',
  'notebook',
  'vase',
  'cushion',
  'chair',
  'clock',
] as const;

const slug = Type.String({
  minLength: 1,
  maxLength: 80,
  pattern: '^[a-z0-9]+(-[a-z0-9]+)*$',
});

export const CategorySchema = Type.Object({
  id: Type.String(),
  slug: Type.String(),
  name: Type.String(),
  position: Type.Integer(),
});
export type Category = Static<typeof CategorySchema>;

const categoryFields = {
  slug,
  name: text(1, 60),
  position: Type.Integer({ minimum: 0, maximum: 1_000 }),
};
export const NewCategorySchema = Type.Object(categoryFields, {
  additionalProperties: false,
});
export const CategoryChangeSchema = Type.Partial(NewCategorySchema, {
  additionalProperties: false,
  minProperties: 1,
});

export const ProductSchema = Type.Object({
  id: Type.String(),
  slug: Type.String(),
  name: Type.String(),
  description: Type.String(),
  priceCents: Type.Integer(),
  stock: Type.Integer(),
  art: Type.String(),
  hue: Type.Integer(),
  active: Type.Boolean(),
  category: Type.Object({
    id: Type.String(),
    slug: Type.String(),
    name: Type.String(),
  }),
});
export type Product = Static<typeof ProductSchema>;

const count = Type.Integer({ minimum: 0, maximum: 1_000_000 });
const productFields = {
  slug,
  name: text(1, 120),
  description: multilineText(0, 4_000),
  categoryId: Type.String({ format: 'uuid' }),
  priceCents: Type.Integer({ minimum: 0, maximum: 100_000_000 }),
  art: Type.Enum([...arts]),
  hue: Type.Integer({ minimum: 0, maximum: 359 }),
  active: Type.Boolean(),
};
export const NewProductSchema = Type.Object(
  { ...productFields, stock: count },
  { additionalProperties: false },
);
export type NewProduct = Static<typeof NewProductSchema>;

/** The stock changes only from the number that the administrator saw: sales go on meanwhile. */
export const ProductChangeSchema = Type.Object(
  {
    ...Type.Partial(Type.Object(productFields)).properties,
    stock: Type.Optional(
      Type.Object({ from: count, to: count }, { additionalProperties: false }),
    ),
  },
  { additionalProperties: false, minProperties: 1 },
);
export type ProductChange = Static<typeof ProductChangeSchema>;

export interface ProductFilter {
  readonly limit: number;
  readonly category?: string | undefined;
  readonly search?: string | undefined;
  /** Id of the last product of the page before. */
  readonly after?: string | undefined;
  readonly includeHidden?: boolean;
}

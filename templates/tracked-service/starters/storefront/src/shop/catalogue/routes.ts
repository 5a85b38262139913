import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { notFound } from '../errors/ShopError.js';
import { text } from '../text.js';
import type { CatalogueStore } from './CatalogueStore.js';
import { CategorySchema, ProductSchema } from './types.js';

export const ProductQuery = Type.Object({
  limit: Type.Integer({ default: 24, minimum: 1, maximum: 100 }),
  category: Type.Optional(text(1, 80)),
  search: Type.Optional(text(0, 100)),
  cursor: Type.Optional(Type.String({ format: 'uuid' })),
});

export const ProductPage = Type.Object({
  items: Type.Array(ProductSchema),
  nextCursor: Type.Optional(Type.String()),
});

/** The catalogue, for everybody. */
export const catalogueRoutes: FastifyPluginAsyncTypebox<{
  catalogue: CatalogueStore;
}> = async (app, { catalogue }) => {
  app.get(
    '/api/categories',
    {
      schema: {
        summary: 'List categories',
        response: { 200: Type.Array(CategorySchema) },
      },
    },
    async () => catalogue.categories(),
  );

  app.get(
    '/api/products',
    {
      schema: {
        summary: 'List and search products, newest first',
        querystring: ProductQuery,
        response: { 200: ProductPage },
      },
    },
    async request => {
      const { cursor, ...filter } = request.query;
      return toPage(
        await catalogue.products({ ...filter, after: cursor }),
        filter.limit,
      );
    },
  );

  app.get(
    '/api/products/:slug',
    {
      schema: {
        summary: 'One product',
        params: Type.Object({ slug: text(1, 80) }),
        response: { 200: ProductSchema },
      },
    },
    async request => {
      const product = await catalogue.findBySlug(request.params.slug);
      if (!product) throw notFound('product');
      return product;
    },
  );
};

/** A full page may have a next one, which begins after its last item. */
export function toPage<Item extends { id: string }>(
  items: Item[],
  limit: number,
): { items: Item[]; nextCursor?: string } {
  const last = items.length === limit ? items.at(-1) : undefined;
  return { items, ...(last && { nextCursor: last.id }) };
}

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { requireAdmin } from '../sessions/sessionOfRequest.js';
import type { CatalogueEditor } from './CatalogueEditor.js';
import type { CatalogueStore } from './CatalogueStore.js';
import { ProductPage, ProductQuery, toPage } from './routes.js';
import {
  CategoryChangeSchema,
  CategorySchema,
  NewCategorySchema,
  NewProductSchema,
  ProductChangeSchema,
  ProductSchema,
} from './types.js';

const IdParams = Type.Object({ id: Type.String({ format: 'uuid' }) });

/** The catalogue, for administrators. */
export const catalogueAdminRoutes: FastifyPluginAsyncTypebox<{
  catalogue: CatalogueStore;
  editor: CatalogueEditor;
}> = async (app, { catalogue, editor }) => {
  app.addHook('onRequest', requireAdmin);

  app.get(
    '/api/admin/products',
    {
      schema: {
        summary: 'List products, also hidden ones',
        querystring: ProductQuery,
        response: { 200: ProductPage },
      },
    },
    async request => {
      const { cursor, ...filter } = request.query;
      const items = await catalogue.products({
        ...filter,
        after: cursor,
        includeHidden: true,
      });
      return toPage(items, filter.limit);
    },
  );

  app.post(
    '/api/admin/products',
    {
      schema: {
        summary: 'Add a product',
        body: NewProductSchema,
        response: { 201: ProductSchema },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await editor.createProduct(request.body)),
  );

  app.patch(
    '/api/admin/products/:id',
    {
      schema: {
        summary: 'Change a product',
        params: IdParams,
        body: ProductChangeSchema,
        response: { 200: ProductSchema },
      },
    },
    async request => editor.changeProduct(request.params.id, request.body),
  );

  app.delete(
    '/api/admin/products/:id',
    {
      schema: {
        summary: 'Delete a product, or hide it if there are orders of it',
        params: IdParams,
        response: {
          200: Type.Object({ result: Type.Enum(['deleted', 'hidden']) }),
        },
      },
    },
    async request => ({
      result: await editor.removeProduct(request.params.id),
    }),
  );

  app.post(
    '/api/admin/categories',
    {
      schema: {
        summary: 'Add a category',
        body: NewCategorySchema,
        response: { 201: CategorySchema },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await editor.createCategory(request.body)),
  );

  app.patch(
    '/api/admin/categories/:id',
    {
      schema: {
        summary: 'Change a category',
        params: IdParams,
        body: CategoryChangeSchema,
        response: { 200: CategorySchema },
      },
    },
    async request => editor.changeCategory(request.params.id, request.body),
  );

  app.delete(
    '/api/admin/categories/:id',
    {
      schema: {
        summary: 'Delete an empty category',
        params: IdParams,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await editor.removeCategory(request.params.id);
      return reply.code(204).send(null);
    },
  );
};

import {
  useInfiniteQuery,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { request } from '../api/request';
import type { Product, ProductPage } from '../api/types';
import { Button } from '../components/Button';
import { ErrorNote } from '../components/ErrorNote';
import { Loading } from '../components/Loading';
import { Price } from '../components/Price';
import { ProductArt } from '../components/ProductArt';
import { ProductDialog } from './ProductDialog';

export function AdminProducts() {
  const [edited, setEdited] = useState<Product | 'new'>();
  const query = useInfiniteQuery({
    queryKey: ['admin', 'products'],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      request<ProductPage>(
        'GET',
        `/api/admin/products?limit=50${pageParam && `&cursor=${pageParam}`}`,
      ),
    getNextPageParam: page => page.nextCursor,
  });
  if (query.error) return <ErrorNote error={query.error} />;
  if (!query.data) return <Loading />;
  return (
    <>
      <Button onClick={() => setEdited('new')}>
        <Plus size={17} aria-hidden /> Add a product
      </Button>
      <ul className="mt-5 grid gap-2">
        {query.data.pages
          .flatMap(page => page.items)
          .map(product => (
            <Row
              key={product.id}
              product={product}
              onEdit={() => setEdited(product)}
            />
          ))}
      </ul>
      {query.hasNextPage && (
        <Button
          look="quiet"
          className="mt-5"
          onClick={() => void query.fetchNextPage()}
        >
          Show more
        </Button>
      )}
      {edited && (
        <ProductDialog
          product={edited === 'new' ? undefined : edited}
          onClose={() => setEdited(undefined)}
        />
      )}
    </>
  );
}

function Row({ product, onEdit }: { product: Product; onEdit: () => void }) {
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: () => request('DELETE', `/api/admin/products/${product.id}`),
    onSuccess: () => client.invalidateQueries(),
  });
  const { name, art, hue, priceCents, stock, active, category } = product;
  return (
    <li className="rounded-2xl border border-line bg-panel p-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <ProductArt art={art} hue={hue} className="size-12 rounded-xl" />
        <div className="min-w-40 flex-1">
          <p className="font-medium">
            {name}{' '}
            {!active && (
              <span className="text-sm font-normal text-warning">hidden</span>
            )}
          </p>
          <p className="text-sm text-soft">
            {category.name} · <Price cents={priceCents} /> · {stock} in stock
          </p>
        </div>
        <div className="flex gap-2 max-sm:w-full max-sm:justify-end">
          <Button look="quiet" aria-label={`Edit ${name}`} onClick={onEdit}>
            Edit
          </Button>
          <Button
            look="danger"
            aria-label={`Delete ${name}`}
            disabled={remove.isPending}
            onClick={() => {
              if (confirm(`Delete ${name}? If it was ordered, it is hidden.`)) {
                remove.mutate();
              }
            }}
          >
            Delete
          </Button>
        </div>
      </div>
      <ErrorNote error={remove.error} />
    </li>
  );
}

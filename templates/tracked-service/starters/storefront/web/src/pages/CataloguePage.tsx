import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'wouter';
import { request } from '../api/request';
import type { Category, ProductPage } from '../api/types';
import { Button } from '../components/Button';
import { ErrorNote } from '../components/ErrorNote';
import { ProductCard } from '../components/ProductCard';
import { SearchBox } from '../components/SearchBox';

const grid = 'grid grid-cols-2 gap-x-4 gap-y-8 sm:grid-cols-3 lg:grid-cols-4';

/** The first view: categories, search and products. */
export function CataloguePage() {
  const [parameters, setParameters] = useSearchParams();
  const category = parameters.get('category') ?? '';
  const search = parameters.get('search') ?? '';
  const change = (name: string, value: string) =>
    setParameters(
      before => {
        const after = new URLSearchParams(before);
        if (value) after.set(name, value);
        else after.delete(name);
        return after;
      },
      { replace: true },
    );

  return (
    <>
      <section className="pt-10 pb-6 sm:pt-16">
        <h1 className="max-w-2xl font-display text-4xl leading-tight tracking-tight text-balance sm:text-5xl">
          Things for a calm home.
        </h1>
        <p className="mt-3 max-w-xl text-soft">
          Stoneware, light and a few good plants: made to be used every day.
        </p>
      </section>
      <div className="flex flex-col gap-4 pb-6 sm:flex-row sm:items-center sm:justify-between">
        <Categories
          chosen={category}
          onChoose={slug => change('category', slug)}
        />
        <SearchBox value={search} onChange={text => change('search', text)} />
      </div>
      <Products category={category} search={search} />
    </>
  );
}

function Categories(props: {
  chosen: string;
  onChoose: (slug: string) => void;
}) {
  const { data = [] } = useQuery({
    queryKey: ['categories'],
    queryFn: () => request<Category[]>('GET', '/api/categories'),
  });
  return (
    <div
      role="group"
      aria-label="Category"
      className="-mx-4 flex min-h-11 gap-2 overflow-x-auto px-4 py-0.5 sm:mx-0 sm:flex-wrap sm:px-0"
    >
      {[{ slug: '', name: 'All' }, ...data].map(({ slug, name }) => (
        <button
          key={slug}
          type="button"
          aria-pressed={slug === props.chosen}
          onClick={() => props.onChoose(slug)}
          className="min-h-10 rounded-full border border-line px-4 text-sm whitespace-nowrap hover:bg-sunken aria-pressed:border-accent aria-pressed:bg-accent aria-pressed:text-on-accent"
        >
          {name}
        </button>
      ))}
    </div>
  );
}

function Products({ category, search }: { category: string; search: string }) {
  const query = useInfiniteQuery({
    queryKey: ['products', category, search],
    initialPageParam: '',
    queryFn: ({ pageParam }) => {
      const filter = { category, search, cursor: pageParam };
      const given = Object.entries(filter).filter(([, value]) => value);
      return request<ProductPage>(
        'GET',
        `/api/products?${new URLSearchParams([['limit', '24'], ...given])}`,
      );
    },
    getNextPageParam: page => page.nextCursor,
    placeholderData: before => before,
  });
  const products = query.data?.pages.flatMap(page => page.items);

  if (query.error) {
    return (
      <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
    );
  }
  if (!products) return <Skeleton />;
  if (products.length === 0) {
    return (
      <p className="py-16 text-center text-soft" role="status">
        {search || category
          ? 'No product matches. Try another word or category.'
          : 'No products yet.'}
      </p>
    );
  }
  return (
    <>
      <ul className={grid} aria-busy={query.isPlaceholderData}>
        {products.map(product => (
          <ProductCard key={product.id} product={product} />
        ))}
      </ul>
      {query.hasNextPage && (
        <div className="mt-10 text-center">
          <Button
            look="quiet"
            disabled={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            Show more
          </Button>
        </div>
      )}
    </>
  );
}

/** As tall as the products, so that nothing moves when they arrive. */
function Skeleton() {
  return (
    <ul className={grid} aria-hidden>
      {Array.from({ length: 8 }, (_, index) => (
        <li key={index}>
          <div className="aspect-square animate-pulse rounded-2xl bg-sunken" />
          <div className="mt-3 h-5 w-2/3 rounded bg-sunken" />
          <div className="mt-1.5 h-4 w-1/3 rounded bg-sunken" />
        </li>
      ))}
    </ul>
  );
}

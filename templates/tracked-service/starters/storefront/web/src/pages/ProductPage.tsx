import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { request } from '../api/request';
import type { Product } from '../api/types';
import { useCart, useSetQuantity } from '../api/useCart';
import { Button } from '../components/Button';
import { ErrorNote } from '../components/ErrorNote';
import { Loading } from '../components/Loading';
import { Price } from '../components/Price';
import { ProductArt } from '../components/ProductArt';
import { Quantity } from '../components/Quantity';
import { Stock } from '../components/Stock';

export default function ProductPage(props: {
  slug: string;
  onAdded: () => void;
}) {
  const { slug, onAdded } = props;
  const query = useQuery({
    queryKey: ['product', slug],
    queryFn: () =>
      request<Product>('GET', `/api/products/${encodeURIComponent(slug)}`),
  });
  if (query.isPending) return <Loading />;
  if (!query.data) return <ErrorNote error={query.error} />;
  return <Details product={query.data} onAdded={onAdded} />;
}

function Details(props: { product: Product; onAdded: () => void }) {
  const { product, onAdded } = props;
  const { id, name, description, priceCents, stock, art, hue, category } =
    product;
  const [quantity, setQuantity] = useState(1);
  const inCart =
    useCart().data?.items.find(item => item.productId === id)?.quantity ?? 0;
  const setInCart = useSetQuantity();
  const add = () =>
    setInCart.mutate(
      { productId: id, quantity: Math.min(inCart + quantity, 99) },
      { onSuccess: onAdded },
    );

  return (
    <article className="grid animate-rise gap-8 pt-8 md:grid-cols-2 md:gap-14 md:pt-14">
      <ProductArt
        art={art}
        hue={hue}
        className="aspect-square w-full rounded-3xl border border-line"
      />
      <div className="md:pt-6">
        <Link
          href={`/?category=${category.slug}`}
          className="text-sm text-soft underline-offset-4 hover:underline"
        >
          {category.name}
        </Link>
        <h1 className="mt-2 font-display text-3xl tracking-tight sm:text-4xl">
          {name}
        </h1>
        <p className="mt-3 flex items-baseline gap-3 text-xl">
          <Price cents={priceCents} />
          <span className="text-sm">
            <Stock stock={stock} />
          </span>
        </p>
        <p className="mt-5 leading-relaxed whitespace-pre-line text-soft">
          {description}
        </p>
        <div className="mt-8 flex flex-wrap items-center gap-3">
          <Quantity name={name} value={quantity} onChange={setQuantity} />
          <Button
            className="flex-1 sm:flex-none sm:px-8"
            disabled={stock === 0 || setInCart.isPending}
            onClick={add}
          >
            {stock === 0 ? 'Sold out' : 'Add to cart'}
          </Button>
        </div>
        <ErrorNote error={setInCart.error} />
      </div>
    </article>
  );
}

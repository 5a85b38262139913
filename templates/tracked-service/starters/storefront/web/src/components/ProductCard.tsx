import { Link } from 'wouter';
import type { Product } from '../api/types';
import { Price } from './Price';
import { ProductArt } from './ProductArt';
import { Stock } from './Stock';

export function ProductCard({ product }: { product: Product }) {
  const { slug, name, art, hue, priceCents, stock } = product;
  return (
    <li className="animate-rise">
      <Link href={`/products/${slug}`} className="group block">
        <div className="overflow-hidden rounded-2xl border border-line">
          <ProductArt
            art={art}
            hue={hue}
            className="aspect-square w-full transition duration-300 group-hover:scale-[1.03]"
          />
        </div>
        <h3 className="mt-3 leading-snug font-medium group-hover:underline">
          {name}
        </h3>
        <p className="mt-0.5 flex flex-wrap items-baseline gap-x-2 text-sm text-soft">
          <Price cents={priceCents} />
          <Stock stock={stock} onlyIfFew />
        </p>
      </Link>
    </li>
  );
}

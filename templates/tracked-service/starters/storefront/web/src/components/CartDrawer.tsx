import { Trash2, X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useLocation } from 'wouter';
import type { Cart } from '../api/types';
import { useCart, useSetQuantity } from '../api/useCart';
import { Button } from './Button';
import { ErrorNote } from './ErrorNote';
import { Loading } from './Loading';
import { Price } from './Price';
import { ProductArt } from './ProductArt';
import { Quantity } from './Quantity';

/** The slide-out cart. */
export default function CartDrawer({ onClose }: { onClose: () => void }) {
  const { data: cart, error, refetch } = useCart();
  return (
    <Dialog.Root open onOpenChange={open => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-30 bg-black/40" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-y-0 right-0 z-40 flex w-full max-w-md animate-slide flex-col bg-panel shadow-2xl"
        >
          <div className="flex items-center justify-between border-b border-line px-5 py-3">
            <Dialog.Title className="font-display text-xl">Cart</Dialog.Title>
            <Dialog.Close
              aria-label="Close the cart"
              className="grid size-11 place-items-center rounded-full hover:bg-sunken"
            >
              <X size={20} aria-hidden />
            </Dialog.Close>
          </div>
          {cart ? (
            <Contents cart={cart} onClose={onClose} />
          ) : error ? (
            <div className="px-5">
              <ErrorNote error={error} onRetry={() => void refetch()} />
            </div>
          ) : (
            <Loading />
          )}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Contents({ cart, onClose }: { cart: Cart; onClose: () => void }) {
  const [, navigate] = useLocation();
  const setQuantity = useSetQuantity();
  if (cart.items.length === 0) {
    return (
      <p className="grid flex-1 place-items-center p-8 text-center text-soft">
        Nothing here yet. Find something you like.
      </p>
    );
  }
  const go = (path: string) => {
    onClose();
    navigate(path);
  };
  return (
    <>
      <ul className="flex-1 divide-y divide-line overflow-y-auto px-5">
        {cart.items.map(item => (
          <CartLine
            key={item.productId}
            item={item}
            onChange={quantity =>
              setQuantity.mutate({ productId: item.productId, quantity })
            }
          />
        ))}
      </ul>
      <div className="border-t border-line p-5">
        <ErrorNote error={setQuantity.error} />
        <p className="mb-4 flex items-baseline justify-between">
          <span className="text-soft">Total</span>
          <span className="text-xl font-medium">
            <Price cents={cart.totalCents} />
          </span>
        </p>
        <Button className="w-full" onClick={() => go('/checkout')}>
          Check out
        </Button>
      </div>
    </>
  );
}

function CartLine(props: {
  item: Cart['items'][number];
  onChange: (quantity: number) => void;
}) {
  const { item, onChange } = props;
  return (
    <li className="flex gap-4 py-4">
      <ProductArt
        art={item.art}
        hue={item.hue}
        className="size-20 shrink-0 rounded-xl"
      />
      <div className="min-w-0 flex-1">
        <div className="flex items-start justify-between gap-2">
          <h3 className="leading-snug font-medium">{item.name}</h3>
          <Price cents={item.priceCents * item.quantity} />
        </div>
        {item.available < item.quantity && (
          <p className="text-sm text-danger" role="status">
            {item.available === 0
              ? 'Sold out'
              : `Only ${item.available} left: reduce the quantity`}
          </p>
        )}
        <div className="mt-2 flex items-center gap-2">
          <Quantity
            name={item.name}
            value={item.quantity}
            onChange={onChange}
          />
          <button
            type="button"
            aria-label={`Remove ${item.name}`}
            className="grid size-11 place-items-center rounded-full text-soft hover:bg-sunken"
            onClick={() => onChange(0)}
          >
            <Trash2 size={17} aria-hidden />
          </button>
        </div>
      </div>
    </li>
  );
}

import { Activity, Package, Settings2, ShoppingBag, User } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { countItems, useCart } from '../api/useCart';
import { useSession } from '../api/useSession';
import { ThemeToggle } from './ThemeToggle';

const iconClass =
  'relative grid size-11 place-items-center rounded-full hover:bg-sunken';

export function Header({ onOpenCart }: { onOpenCart: () => void }) {
  const { user } = useSession();
  const count = countItems(useCart().data);
  return (
    <header className="sticky top-0 z-20 border-b border-line bg-canvas/90 backdrop-blur">
      <div className="mx-auto flex h-16 w-full max-w-6xl items-center px-4">
        <Link
          href="/"
          className="mr-auto font-display text-xl font-semibold tracking-tight sm:text-2xl"
        >
          Northlight
        </Link>
        <nav aria-label="Account" className="flex items-center">
          {user && (
            <>
              <IconLink href="/live" label="Live dashboard">
                <Activity size={20} aria-hidden />
              </IconLink>
              <IconLink href="/orders" label="Orders">
                <Package size={20} aria-hidden />
              </IconLink>
            </>
          )}
          {user?.role === 'admin' && (
            <IconLink href="/admin" label="Administration">
              <Settings2 size={20} aria-hidden />
            </IconLink>
          )}
          <ThemeToggle />
          {user === null ? (
            <Link
              href="/sign-in"
              className="rounded-full px-3 py-2.5 text-sm font-medium whitespace-nowrap hover:bg-sunken"
            >
              Sign in
            </Link>
          ) : (
            <IconLink href="/profile" label="Profile">
              <User size={20} aria-hidden />
            </IconLink>
          )}
          <button
            type="button"
            className={iconClass}
            aria-label={`Open the cart, ${count} ${count === 1 ? 'item' : 'items'}`}
            onClick={onOpenCart}
          >
            <ShoppingBag size={20} aria-hidden />
            {count > 0 && (
              <span className="absolute top-0.5 right-0 grid h-5 min-w-5 place-items-center rounded-full bg-accent px-1 text-xs font-semibold text-on-accent tabular-nums">
                {count}
              </span>
            )}
          </button>
        </nav>
      </div>
    </header>
  );
}

function IconLink(props: { href: string; label: string; children: ReactNode }) {
  return (
    <Link
      href={props.href}
      className={iconClass}
      aria-label={props.label}
      title={props.label}
    >
      {props.children}
    </Link>
  );
}

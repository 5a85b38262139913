import { useState } from 'react';
import { useSession } from '../api/useSession';
import { SignInFirst } from '../components/SignInFirst';
import { AdminCategories } from './AdminCategories';
import { AdminOrders } from './AdminOrders';
import { AdminProducts } from './AdminProducts';

const sections = {
  Products: AdminProducts,
  Categories: AdminCategories,
  Orders: AdminOrders,
};

export default function AdminPage() {
  return (
    <SignInFirst to="manage the shop" back="/admin">
      <Administration />
    </SignInFirst>
  );
}

function Administration() {
  const { user } = useSession();
  const [chosen, setChosen] = useState<keyof typeof sections>('Products');
  if (user?.role !== 'admin') {
    return (
      <p className="py-20 text-center">Only administrators see this page.</p>
    );
  }
  const Section = sections[chosen];
  return (
    <section className="pt-8">
      <h1 className="font-display text-3xl tracking-tight">Administration</h1>
      <div role="group" aria-label="Section" className="my-5 flex gap-2">
        {(Object.keys(sections) as (keyof typeof sections)[]).map(name => (
          <button
            key={name}
            type="button"
            aria-pressed={name === chosen}
            onClick={() => setChosen(name)}
            className="min-h-10 rounded-full border border-line px-4 text-sm hover:bg-sunken aria-pressed:border-accent aria-pressed:bg-accent aria-pressed:text-on-accent"
          >
            {name}
          </button>
        ))}
      </div>
      <Section />
    </section>
  );
}

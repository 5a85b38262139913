import { Link } from 'wouter';

export function Footer() {
  return (
    <footer className="border-t border-line">
      <div className="mx-auto flex w-full max-w-6xl flex-wrap items-center justify-between gap-3 px-4 py-6 text-sm text-soft">
        <p>Northlight · things for a calm home</p>
        <Link href="/live" className="underline-offset-4 hover:underline">
          Live dashboard
        </Link>
      </div>
    </footer>
  );
}

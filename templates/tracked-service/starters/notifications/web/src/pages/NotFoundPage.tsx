import { Link } from 'wouter';

export function NotFoundPage() {
  return (
    <div className="py-24 text-center">
      <h1 className="font-display text-3xl">There is no such page</h1>
      <Link href="/" className="mt-4 inline-block underline">
        Back to the inbox
      </Link>
    </div>
  );
}

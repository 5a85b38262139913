import { ExternalLink } from 'lucide-react';
import { useSession } from '../api/useSession';
import { SignInFirst } from '../components/SignInFirst';
import { DeadLetters } from './DeadLetters';
import { FigureTiles } from './FigureTiles';
import { Reports } from './Reports';

export default function AdminPage() {
  return (
    <SignInFirst to="see how the service works" back="/admin">
      <Administration />
    </SignInFirst>
  );
}

function Administration() {
  const { user } = useSession();
  if (user?.role !== 'admin') {
    return (
      <p className="py-20 text-center">Only administrators see this page.</p>
    );
  }
  return (
    <div className="grid gap-9 pt-7">
      <section>
        <div className="flex flex-wrap items-center justify-between gap-3">
          <h1 className="font-display text-3xl tracking-tight">
            Administration
          </h1>
          <a
            href="/admin/jobs"
            className="inline-flex min-h-11 items-center gap-1.5 text-sm underline underline-offset-4"
          >
            Scheduled jobs <ExternalLink size={15} aria-hidden />
          </a>
        </div>
        <FigureTiles />
      </section>
      <DeadLetters />
      <Reports />
    </div>
  );
}

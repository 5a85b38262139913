import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Gauge, Inbox, LogOut, Send } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { request } from '../api/request';
import { useSession } from '../api/useSession';
import { useInbox } from '../inbox/InboxProvider';
import { ThemeToggle } from './ThemeToggle';

const iconClass =
  'relative grid size-11 place-items-center rounded-full hover:bg-sunken aria-[current=page]:bg-sunken';

export function Header() {
  const { user } = useSession();
  const { unread } = useInbox();
  return (
    <header className="sticky top-0 z-20 border-b border-line bg-canvas/90 backdrop-blur">
      <div className="mx-auto flex h-16 w-full max-w-5xl items-center px-4">
        <Link
          href="/"
          className="mr-auto font-display text-xl font-semibold tracking-tight sm:text-2xl"
        >
          Beacon
        </Link>
        <nav aria-label="Pages" className="flex items-center">
          {user && (
            <>
              <IconLink href="/" label={inboxLabel(unread)}>
                <Inbox size={20} aria-hidden />
                {unread !== undefined && unread > 0 && (
                  <span className="absolute top-0.5 right-0 grid h-5 min-w-5 place-items-center rounded-full bg-accent px-1 text-xs font-semibold text-on-accent tabular-nums">
                    {unread > 99 ? '99+' : unread}
                  </span>
                )}
              </IconLink>
              <IconLink href="/send" label="Send a notification">
                <Send size={19} aria-hidden />
              </IconLink>
            </>
          )}
          {user?.role === 'admin' && (
            <IconLink href="/admin" label="Administration">
              <Gauge size={20} aria-hidden />
            </IconLink>
          )}
        </nav>
        <ThemeToggle />
        {user && <SignOut name={user.name} />}
        {user === null && (
          <Link
            href="/sign-in"
            className="rounded-full px-3 py-2.5 text-sm font-medium whitespace-nowrap hover:bg-sunken"
          >
            Sign in
          </Link>
        )}
      </div>
    </header>
  );
}

function inboxLabel(unread: number | undefined): string {
  return unread === undefined ? 'Inbox' : `Inbox, ${unread} unread`;
}

function IconLink(props: { href: string; label: string; children: ReactNode }) {
  const [path] = useLocation();
  return (
    <Link
      href={props.href}
      className={iconClass}
      aria-label={props.label}
      aria-current={path === props.href ? 'page' : undefined}
      title={props.label}
    >
      {props.children}
    </Link>
  );
}

function SignOut({ name }: { name: string }) {
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const signOut = useMutation({
    mutationFn: () => request('DELETE', '/api/session'),
    onSuccess: async () => {
      await client.resetQueries();
      navigate('/sign-in');
    },
  });
  return (
    <button
      type="button"
      className={iconClass}
      aria-label={`Sign out ${name}`}
      title={`Sign out ${name}`}
      disabled={signOut.isPending}
      onClick={() => signOut.mutate()}
    >
      <LogOut size={19} aria-hidden />
    </button>
  );
}

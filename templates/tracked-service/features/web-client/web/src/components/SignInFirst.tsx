import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useSession } from '../api/useSession';
import { buttonClass } from './Button';
import { ErrorNote } from './ErrorNote';
import { Loading } from './Loading';

/** Shows its children to signed-in users, and everybody else the way to sign in. */
export function SignInFirst(props: {
  to: string;
  back: string;
  children: ReactNode;
}) {
  const { user, isPending, error } = useSession();
  if (isPending) return <Loading />;
  if (error) return <ErrorNote error={error} />;
  if (user) return props.children;
  const query = `?back=${encodeURIComponent(props.back)}`;
  return (
    <div className="py-20 text-center">
      <h1 className="font-display text-3xl">Sign in to {props.to}</h1>
      <div className="mt-6 flex justify-center gap-3">
        <Link href={`/sign-in${query}`} className={buttonClass()}>
          Sign in
        </Link>
        <Link href={`/sign-up${query}`} className={buttonClass('quiet')}>
          Create an account
        </Link>
      </div>
    </div>
  );
}

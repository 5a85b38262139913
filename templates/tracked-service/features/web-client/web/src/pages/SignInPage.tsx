import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { SubmitEvent } from 'react';
import { Link, useLocation, useSearchParams } from 'wouter';
import { request } from '../api/request';
import type { User } from '../api/types';
import { Button } from '../components/Button';
import { ErrorNote } from '../components/ErrorNote';
import { Field } from '../components/Field';

const texts = {
  'sign-in': {
    title: 'Welcome back',
    action: 'Sign in',
    path: '/api/session',
    other: { href: '/sign-up', text: 'Create an account' },
  },
  'sign-up': {
    title: 'Create an account',
    action: 'Create account',
    path: '/api/accounts',
    other: { href: '/sign-in', text: 'I have an account' },
  },
};

export default function SignInPage({ mode }: { mode: keyof typeof texts }) {
  const { title, action, path, other } = texts[mode];
  const isNew = mode === 'sign-up';
  const [, navigate] = useLocation();
  const [parameters] = useSearchParams();
  const back = localPath(parameters.get('back'));
  const client = useQueryClient();
  const submit = useMutation({
    mutationFn: (body: unknown) => request<User>('POST', path, { body }),
    onSuccess: async () => {
      await client.resetQueries();
      navigate(back);
    },
  });
  const onSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    submit.mutate(Object.fromEntries(new FormData(event.currentTarget)));
  };

  return (
    <form
      onSubmit={onSubmit}
      className="mx-auto mt-10 grid max-w-md animate-rise gap-4 rounded-3xl border border-line bg-panel p-6 sm:mt-16 sm:p-9"
    >
      <h1 className="font-display text-3xl tracking-tight">{title}</h1>
      {isNew && (
        <Field
          label="Name"
          name="name"
          autoComplete="name"
          required
          maxLength={100}
        />
      )}
      <Field
        label="Email address"
        name="email"
        type="email"
        autoComplete="email"
        required
        maxLength={254}
      />
      <Field
        label="Password"
        name="password"
        type="password"
        autoComplete={isNew ? 'new-password' : 'current-password'}
        required
        maxLength={128}
        {...(isNew && {
          minLength: 10,
          hint: 'At least 10 characters. A sentence is easy to remember.',
        })}
      />
      <ErrorNote error={submit.error} />
      <Button type="submit" disabled={submit.isPending}>
        {action}
      </Button>
      <Link
        href={`${other.href}?back=${encodeURIComponent(back)}`}
        className="py-2 text-center text-sm underline"
      >
        {other.text}
      </Link>
    </form>
  );
}

/** Only a path of this site: a link must not lead elsewhere after the sign-in. */
function localPath(path: string | null): string {
  return path && /^\/(?![/\\])/.test(path) ? path : '/';
}

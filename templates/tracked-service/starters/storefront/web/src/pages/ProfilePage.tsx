import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode, type SubmitEvent } from 'react';
import { useLocation } from 'wouter';
import { request } from '../api/request';
import type { Addresses, User } from '../api/types';
import { AddressFields, readAddress } from '../components/AddressFields';
import { Button } from '../components/Button';
import { Devices } from '../components/Devices';
import { ErrorNote } from '../components/ErrorNote';
import { Field } from '../components/Field';
import { Loading } from '../components/Loading';
import { SignInFirst } from '../components/SignInFirst';

interface Profile {
  readonly user: User;
  readonly addresses: Addresses;
}

export default function ProfilePage() {
  return (
    <SignInFirst to="see your profile" back="/profile">
      <ProfileDetails />
    </SignInFirst>
  );
}

function ProfileDetails() {
  const { data, error } = useQuery({
    queryKey: ['profile'],
    queryFn: () => request<Profile>('GET', '/api/profile'),
  });
  if (error) return <ErrorNote error={error} />;
  if (!data) return <Loading />;
  return (
    <div className="mx-auto grid max-w-3xl gap-6 pt-8">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div className="min-w-0">
          <h1 className="font-display text-3xl tracking-tight break-words">
            {data.user.name}
          </h1>
          <p className="text-soft">{data.user.email}</p>
        </div>
        <SignOut />
      </div>
      <Panel title="Addresses">
        <AddressForm addresses={data.addresses} />
      </Panel>
      <Panel title="Where you are signed in">
        <Devices />
      </Panel>
      <Panel title="Password">
        <PasswordForm />
      </Panel>
    </div>
  );
}

function Panel({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="rounded-3xl border border-line bg-panel p-5 sm:p-7">
      <h2 className="mb-4 text-lg font-medium">{title}</h2>
      {children}
    </section>
  );
}

function SignOut() {
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const signOut = useMutation({
    mutationFn: () => request('DELETE', '/api/session'),
    onSuccess: async () => {
      navigate('/');
      await client.resetQueries();
    },
  });
  return (
    <Button look="quiet" onClick={() => signOut.mutate()}>
      Sign out
    </Button>
  );
}

function AddressForm({ addresses }: { addresses: Addresses }) {
  const client = useQueryClient();
  const [withBilling, setWithBilling] = useState(Boolean(addresses.billing));
  const save = useMutation({
    mutationFn: (body: Addresses) =>
      request<Addresses>('PUT', '/api/profile/addresses', { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['profile'] }),
  });
  const onSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    save.mutate({
      shipping: readAddress(form, 'shipping'),
      ...(withBilling && { billing: readAddress(form, 'billing') }),
    });
  };
  return (
    <form onSubmit={onSubmit}>
      <h3 className="mb-3 font-medium">Shipping</h3>
      <AddressFields prefix="shipping" value={addresses.shipping} />
      <label className="my-4 flex min-h-11 items-center gap-3">
        <input
          type="checkbox"
          className="size-5 accent-(--accent)"
          checked={withBilling}
          onChange={event => setWithBilling(event.target.checked)}
        />
        Send invoices to another address
      </label>
      {withBilling && (
        <>
          <h3 className="mb-3 font-medium">Billing</h3>
          <AddressFields prefix="billing" value={addresses.billing} />
        </>
      )}
      <ErrorNote error={save.error} />
      <div className="mt-5 flex items-center gap-3">
        <Button type="submit" disabled={save.isPending}>
          Save addresses
        </Button>
        <span role="status" className="text-sm text-accent">
          {save.isSuccess && 'Saved'}
        </span>
      </div>
    </form>
  );
}

function PasswordForm() {
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: (body: unknown) =>
      request('PUT', '/api/profile/password', { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['sessions'] }),
  });
  const onSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    change.mutate(Object.fromEntries(new FormData(form)), {
      onSuccess: () => form.reset(),
    });
  };
  return (
    <form onSubmit={onSubmit} className="grid gap-4 sm:grid-cols-2">
      <Field
        label="Current password"
        name="current"
        type="password"
        autoComplete="current-password"
        required
        maxLength={128}
      />
      <Field
        label="New password"
        name="new"
        type="password"
        autoComplete="new-password"
        required
        minLength={10}
        maxLength={128}
        hint="All other devices are signed out."
      />
      <div className="sm:col-span-2">
        <ErrorNote error={change.error} />
        <Button type="submit" look="quiet" disabled={change.isPending}>
          Change the password
        </Button>
        <span role="status" className="ml-3 text-sm text-accent">
          {change.isSuccess && 'Changed'}
        </span>
      </div>
    </form>
  );
}

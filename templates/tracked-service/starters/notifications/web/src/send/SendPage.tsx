import { useMutation } from '@tanstack/react-query';
import { Send } from 'lucide-react';
import { useId, useRef, useState, type SubmitEvent } from 'react';
import { request } from '../api/request';
import type { Accepted, Kind } from '../api/types';
import { useSession } from '../api/useSession';
import { Button } from '../components/Button';
import { ErrorNote } from '../components/ErrorNote';
import { Field, inputClass } from '../components/Field';
import { KindIcon, kindLabel, kinds } from '../components/KindIcon';
import { SignInFirst } from '../components/SignInFirst';
import { attemptFor, type Attempt } from './attemptKey';

export default function SendPage() {
  return (
    <SignInFirst to="send notifications" back="/send">
      <SendForm />
    </SignInFirst>
  );
}

interface Content {
  readonly to: string;
  readonly kind: Kind;
  readonly title: string;
  readonly body: string;
}

function SendForm() {
  const { user } = useSession();
  const unfinished = useRef<Attempt>(undefined);
  const [title, setTitle] = useState('');
  const [body, setBody] = useState('');
  const submit = useMutation({
    mutationFn: (content: Content) => {
      unfinished.current = attemptFor(content, unfinished.current);
      return request<Accepted>('POST', '/api/notifications', {
        body: content,
        headers: { 'idempotency-key': unfinished.current.key },
      });
    },
    onSuccess: () => {
      unfinished.current = undefined;
      setTitle('');
      setBody('');
    },
  });
  const onSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    submit.mutate(readContent(event.currentTarget));
  };

  return (
    <form
      onSubmit={onSubmit}
      className="mx-auto mt-7 grid max-w-xl gap-4 rounded-3xl border border-line bg-panel p-5 sm:p-8"
    >
      <h1 className="font-display text-3xl tracking-tight">
        Send a notification
      </h1>
      <Field
        label="To"
        name="to"
        type="email"
        required
        maxLength={254}
        autoComplete="email"
        {...(user && {
          hint: `The address of an account; yours is ${user.email}`,
        })}
      />
      <KindChoice />
      <Field
        label="Title"
        name="title"
        required
        maxLength={120}
        value={title}
        onChange={event => setTitle(event.target.value)}
      />
      <BodyField value={body} onChange={setBody} />
      <ErrorNote error={submit.error} />
      <Result
        accepted={submit.data}
        waiting={submit.isPending && submit.failureCount > 0}
      />
      <Button type="submit" disabled={submit.isPending}>
        <Send size={16} aria-hidden /> Send
      </Button>
    </form>
  );
}

function readContent(form: HTMLFormElement): Content {
  const fields = Object.fromEntries(new FormData(form)) as Record<
    keyof Content,
    string
  >;
  return {
    to: fields.to.trim(),
    kind: fields.kind as Kind,
    title: fields.title.trim(),
    body: fields.body.replaceAll('\r\n', '\n').trim(),
  };
}

function KindChoice() {
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium">Kind</legend>
      <div className="grid grid-cols-2 gap-2 sm:grid-cols-4">
        {kinds.map((kind, index) => (
          <label
            key={kind}
            className="flex min-h-11 cursor-pointer items-center justify-center gap-2 rounded-xl border border-line px-2 text-sm has-checked:border-accent has-checked:bg-sunken has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name="kind"
              value={kind}
              defaultChecked={index === 0}
              className="sr-only"
            />
            <KindIcon kind={kind} labelled />
            {kindLabel(kind)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

const longestBody = 2_000;

function BodyField(props: {
  value: string;
  onChange: (value: string) => void;
}) {
  const { value, onChange } = props;
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-sm font-medium">
        Text <span className="font-normal text-soft">(optional)</span>
      </label>
      <textarea
        id={id}
        name="body"
        rows={4}
        maxLength={longestBody}
        aria-describedby={`${id}-length`}
        value={value}
        onChange={event => onChange(event.target.value)}
        className={`${inputClass} resize-y`}
      />
      <p id={`${id}-length`} className="mt-1 text-xs text-soft tabular-nums">
        {value.length} of {longestBody} characters
      </p>
    </div>
  );
}

function Result(props: { accepted: Accepted | undefined; waiting: boolean }) {
  const { accepted, waiting } = props;
  return (
    <p role="status" className="text-sm text-success empty:hidden">
      {waiting && 'Nobody answers. Trying again with the same idempotency key…'}
      {accepted && !waiting && (
        <>
          Accepted: “{accepted.title}”. It is stored, and delivered as soon as a
          worker processes it.
        </>
      )}
    </p>
  );
}

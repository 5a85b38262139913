import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { SubmitEvent } from 'react';
import { request } from '../api/request';
import type { Category } from '../api/types';
import { Button } from '../components/Button';
import { ErrorNote } from '../components/ErrorNote';
import { Field } from '../components/Field';
import { Loading } from '../components/Loading';

export function AdminCategories() {
  const { data, error } = useQuery({
    queryKey: ['categories'],
    queryFn: () => request<Category[]>('GET', '/api/categories'),
  });
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries();
  const add = useMutation({
    mutationFn: (body: unknown) =>
      request('POST', '/api/admin/categories', { body }),
    onSuccess,
  });
  const rename = useMutation({
    mutationFn: ({ id, name }: { id: string; name: string }) =>
      request('PATCH', `/api/admin/categories/${id}`, { body: { name } }),
    onSuccess,
  });
  const remove = useMutation({
    mutationFn: (id: string) =>
      request('DELETE', `/api/admin/categories/${id}`),
    onSuccess,
  });
  const onSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const fields = Object.fromEntries(new FormData(form));
    add.mutate(
      { ...fields, position: data?.length ?? 0 },
      { onSuccess: () => form.reset() },
    );
  };
  if (error) return <ErrorNote error={error} />;
  if (!data) return <Loading />;
  return (
    <>
      <ul className="grid gap-2">
        {data.map(category => (
          <li
            key={category.id}
            className="flex flex-wrap items-center gap-3 rounded-2xl border border-line bg-panel p-3"
          >
            <span className="flex-1 font-medium">
              {category.name}{' '}
              <span className="text-sm font-normal text-soft">
                {category.slug}
              </span>
            </span>
            <Button
              look="quiet"
              aria-label={`Rename ${category.name}`}
              onClick={() => {
                const name = prompt('New name', category.name)?.trim();
                if (name) rename.mutate({ id: category.id, name });
              }}
            >
              Rename
            </Button>
            <Button
              look="danger"
              aria-label={`Delete ${category.name}`}
              onClick={() => remove.mutate(category.id)}
            >
              Delete
            </Button>
          </li>
        ))}
      </ul>
      <ErrorNote error={rename.error ?? remove.error} />
      <form
        onSubmit={onSubmit}
        className="mt-6 grid items-start gap-4 sm:grid-cols-3"
      >
        <Field label="Name" name="name" required maxLength={60} />
        <Field
          label="Slug"
          name="slug"
          required
          maxLength={80}
          pattern="[a-z0-9]+(-[a-z0-9]+)*"
          title="Small letters, digits and dashes"
        />
        <Button type="submit" className="sm:mt-6" disabled={add.isPending}>
          Add a category
        </Button>
      </form>
      <ErrorNote error={add.error} />
    </>
  );
}

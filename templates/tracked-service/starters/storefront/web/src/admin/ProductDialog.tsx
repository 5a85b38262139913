import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Dialog } from 'radix-ui';
import { useId, type SubmitEvent } from 'react';
import { request } from '../api/request';
import type { Category, Product } from '../api/types';
import { Button } from '../components/Button';
import { drawings } from '../components/drawings';
import { ErrorNote } from '../components/ErrorNote';
import { Field, inputClass } from '../components/Field';
import { readProduct } from './readProduct';

/** Adds or changes a product. */
export function ProductDialog(props: {
  product: Product | undefined;
  onClose: () => void;
}) {
  const { product, onClose } = props;
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: (form: FormData) =>
      product
        ? request('PATCH', `/api/admin/products/${product.id}`, {
            body: changeOf(form, product),
          })
        : request('POST', '/api/admin/products', { body: readProduct(form) }),
    onSuccess: async () => {
      await client.invalidateQueries();
      onClose();
    },
  });
  const onSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    save.mutate(new FormData(event.currentTarget));
  };

  return (
    <Dialog.Root open onOpenChange={open => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-30 bg-black/40" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-x-0 top-0 z-40 mx-auto max-h-dvh w-full max-w-xl overflow-y-auto bg-panel p-6 shadow-2xl sm:top-8 sm:max-h-[calc(100dvh-4rem)] sm:rounded-3xl"
        >
          <Dialog.Title className="mb-5 font-display text-2xl">
            {product ? product.name : 'New product'}
          </Dialog.Title>
          <form onSubmit={onSubmit} className="grid gap-4 sm:grid-cols-2">
            <ProductFields product={product} />
            <div className="sm:col-span-2">
              <ErrorNote error={save.error} />
              <div className="mt-2 flex gap-3">
                <Button type="submit" disabled={save.isPending}>
                  Save
                </Button>
                <Dialog.Close asChild>
                  <Button look="quiet">Cancel</Button>
                </Dialog.Close>
              </div>
            </div>
          </form>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** The stock changes from what the form showed, so that sales since then are noticed. */
function changeOf(form: FormData, product: Product) {
  const { stock: to, ...fields } = readProduct(form);
  return {
    ...fields,
    ...(to !== product.stock && { stock: { from: product.stock, to } }),
  };
}

function ProductFields({ product }: { product: Product | undefined }) {
  const { data: categories = [] } = useQuery({
    queryKey: ['categories'],
    queryFn: () => request<Category[]>('GET', '/api/categories'),
  });
  const id = useId();
  return (
    <>
      <Field
        label="Name"
        name="name"
        required
        maxLength={120}
        defaultValue={product?.name}
      />
      <Field
        label="Slug"
        name="slug"
        required
        maxLength={80}
        pattern="[a-z0-9]+(-[a-z0-9]+)*"
        hint="The address of the page: small letters, digits and dashes"
        defaultValue={product?.slug}
      />
      <div className="sm:col-span-2">
        <label htmlFor={`${id}d`} className="mb-1 block text-sm font-medium">
          Description
        </label>
        <textarea
          id={`${id}d`}
          name="description"
          rows={3}
          maxLength={4_000}
          className={inputClass}
          defaultValue={product?.description}
        />
      </div>
      <Choice
        label="Category"
        name="categoryId"
        key={categories.length}
        defaultValue={product?.category.id}
        choices={categories.map(each => [each.id, each.name])}
      />
      <Field
        label="Price in euros"
        name="price"
        required
        type="number"
        min={0}
        max={1_000_000}
        step={0.01}
        defaultValue={product && product.priceCents / 100}
      />
      <Field
        label="Stock"
        name="stock"
        required
        type="number"
        min={0}
        max={1_000_000}
        step={1}
        defaultValue={product?.stock ?? 0}
      />
      <Choice
        label="Drawing"
        name="art"
        defaultValue={product?.art}
        choices={Object.keys(drawings).map(art => [art, art])}
      />
      <Field
        label="Colour"
        name="hue"
        required
        type="number"
        min={0}
        max={359}
        step={1}
        hint="Hue from 0 to 359: 60 is orange, 150 green, 260 blue"
        defaultValue={product?.hue ?? 150}
      />
      <label className="flex min-h-11 items-center gap-3 self-center">
        <input
          type="checkbox"
          name="active"
          className="size-5 accent-(--accent)"
          defaultChecked={product?.active ?? true}
        />
        Visible in the shop
      </label>
    </>
  );
}

function Choice(props: {
  label: string;
  name: string;
  defaultValue: string | undefined;
  choices: (readonly [value: string, text: string])[];
}) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-sm font-medium">
        {props.label}
      </label>
      <select
        id={id}
        name={props.name}
        required
        defaultValue={props.defaultValue}
        className={inputClass}
      >
        {props.choices.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}

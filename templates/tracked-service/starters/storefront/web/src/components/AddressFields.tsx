import type { Address } from '../api/types';
import { Field } from './Field';

/** The inputs of one address; their names start with `prefix`. */
export function AddressFields(props: {
  prefix: 'shipping' | 'billing';
  value: Address | undefined;
}) {
  const { prefix, value } = props;
  const input = (
    field: keyof Address,
    label: string,
    autoComplete: string,
    maxLength: number,
  ) => ({
    name: `${prefix}.${field}`,
    label,
    autoComplete: `${prefix} ${autoComplete}`,
    defaultValue: value?.[field] ?? '',
    maxLength,
  });
  return (
    <div className="grid gap-4 sm:grid-cols-6">
      <Field
        {...input('name', 'Full name', 'name', 100)}
        required
        className="sm:col-span-6"
      />
      <Field
        {...input('line1', 'Street and number', 'address-line1', 200)}
        required
        className="sm:col-span-6"
      />
      <Field
        {...input('line2', 'Flat, floor, company', 'address-line2', 200)}
        className="sm:col-span-6"
      />
      <Field
        {...input('postalCode', 'Postal code', 'postal-code', 20)}
        required
        className="sm:col-span-2"
      />
      <Field
        {...input('city', 'City', 'address-level2', 100)}
        required
        className="sm:col-span-4"
      />
      <Field
        {...input('region', 'State or region', 'address-level1', 100)}
        className="sm:col-span-4"
      />
      <Field
        {...input('country', 'Country code', 'country', 2)}
        required
        pattern="[A-Z]{2}"
        hint="Two letters, such as DE"
        title="Two capital letters, such as DE"
        className="sm:col-span-2"
      />
    </div>
  );
}

/** Reads the inputs again; empty ones are left out. */
export function readAddress(
  form: FormData,
  prefix: 'shipping' | 'billing',
): Address {
  const read = (field: keyof Address) => {
    const value = form.get(`${prefix}.${field}`);
    return typeof value === 'string' ? value.trim() : '';
  };
  const [line2, region] = [read('line2'), read('region')];
  return {
    name: read('name'),
    line1: read('line1'),
    ...(line2 && { line2 }),
    postalCode: read('postalCode'),
    city: read('city'),
    ...(region && { region }),
    country: read('country').toUpperCase(),
  };
}

export function AddressText({ address }: { address: Address }) {
  const { name, line1, line2, postalCode, city, region, country } = address;
  const lines = [
    name,
    line1,
    line2,
    [postalCode, city].join(' '),
    [region, country].filter(Boolean).join(', '),
  ];
  return (
    <address className="leading-relaxed break-words not-italic">
      {lines.filter(Boolean).map((line, index) => (
        <span key={index} className="block">
          {line}
        </span>
      ))}
    </address>
  );
}

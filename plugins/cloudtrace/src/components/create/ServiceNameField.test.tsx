import { errorApiRef, translationApiRef } from '@backstage/frontend-plugin-api';
import { mockApis, TestApiProvider } from '@backstage/frontend-test-utils';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { ServiceNameField, validateServiceName } from './ServiceNameField';

const catalogApi = {
  getEntityByRef: async (ref: string) =>
    ref === 'component:default/taken' ? { kind: 'Component' } : undefined,
};

function Form() {
  const [name, setName] = useState<string>();
  const props = {
    formData: name,
    onChange: setName,
    schema: { title: 'Name', description: 'Name of the service' },
    uiSchema: {},
    idSchema: { $id: 'root_name' },
    required: true,
  } as unknown as FieldExtensionComponentProps<string>;
  return (
    <TestApiProvider
      apis={[
        [catalogApiRef, catalogApi as never],
        [translationApiRef, mockApis.translation()],
        [errorApiRef, mockApis.error()],
      ]}
    >
      <ServiceNameField {...props} />
    </TestApiProvider>
  );
}

const hostile = [
  '../orders',
  'or"ders',
  "or'ders",
  '${{ 7*7 }}',
  '$(id)',
  'Orders',
  'aws-orders',
  'o'.repeat(21),
  'ab',
];

async function errorsOf(name: string) {
  const errors: string[] = [];
  await validateServiceName(
    name,
    { addError: (message: string) => errors.push(message) } as never,
    {
      apiHolder: {
        get: (ref: unknown) => (ref === catalogApiRef ? catalogApi : undefined),
      },
    } as never,
  );
  return errors;
}

describe('the name of a new service', () => {
  it('is rejected while the user types, with the reason', async () => {
    render(<Form />);
    const input = screen.getByRole('textbox', { name: /Name/ });
    await userEvent.click(input);
    await userEvent.paste('../orders');
    expect(screen.getByRole('alert')).toHaveTextContent(
      'The name must be lower-case letters, digits and single hyphens',
    );
    await userEvent.clear(input);
    await userEvent.paste('taken');
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The catalog already has a component "taken": choose another name',
    );
    await userEvent.type(input, 'x');
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it.each(hostile)('%s does not pass the page', async name => {
    expect(await errorsOf(name)).toEqual([
      expect.stringMatching(/^The name must/),
    ]);
  });

  it('passes the page if it is valid and free', async () => {
    expect(await errorsOf('orders')).toEqual([]);
    expect(await errorsOf('taken')).toEqual([
      expect.stringContaining('catalog already has'),
    ]);
  });
});

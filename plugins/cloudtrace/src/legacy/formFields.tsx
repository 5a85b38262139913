import {
  createScaffolderFieldExtension,
  type CustomFieldValidator,
  type FieldExtensionComponentProps,
} from '@backstage/plugin-scaffolder-react';
import { lazy, Suspense, type ComponentType } from 'react';
import type { CreationReviewOptions } from '../components/create/CreationReviewField';
import { cloudtracePlugin } from './plugin';

const load = () => import('../components/create');

/** A field whose code the app loads when a form shows it. */
function lazyField<TValue, TOptions>(
  pick: (
    fields: Awaited<ReturnType<typeof load>>,
  ) => ComponentType<FieldExtensionComponentProps<TValue, TOptions>>,
) {
  const Field = lazy(async () => ({ default: pick(await load()) }));
  return (props: FieldExtensionComponentProps<TValue, TOptions>) => (
    <Suspense fallback={null}>
      <Field {...(props as any)} />
    </Suspense>
  );
}

const validateName: CustomFieldValidator<string> = async (...args) =>
  (await load()).validateServiceName(...args);

const validateReview: CustomFieldValidator<
  null,
  CreationReviewOptions
> = async (...args) => (await load()).validateCreation(...args);

/**
 * The name of a new service in the form of the template "Tracked service"; a
 * child of `ScaffolderFieldExtensions`.
 *
 * @public
 */
export const CloudtraceServiceNameField = cloudtracePlugin.provide(
  createScaffolderFieldExtension({
    name: 'CloudtraceServiceName',
    component: lazyField<string, unknown>(m => m.ServiceNameField),
    validation: validateName,
  }),
);

/**
 * The parts and the cost of a new service in the same form; a child of
 * `ScaffolderFieldExtensions`, too.
 *
 * @public
 */
export const CloudtraceCreationReviewField = cloudtracePlugin.provide(
  createScaffolderFieldExtension({
    name: 'CloudtraceCreationReview',
    component: lazyField<null, CreationReviewOptions>(
      m => m.CreationReviewField,
    ),
    validation: validateReview,
  }),
);

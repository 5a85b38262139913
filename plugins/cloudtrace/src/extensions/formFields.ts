import { FormFieldBlueprint } from '@backstage/plugin-scaffolder-react/alpha';

const serviceName = FormFieldBlueprint.make({
  name: 'service-name',
  params: {
    field: () => import('../components/create').then(m => m.serviceNameField),
  },
});

const creationReview = FormFieldBlueprint.make({
  name: 'creation-review',
  params: {
    field: () =>
      import('../components/create').then(m => m.creationReviewField),
  },
});

/** Form fields of the template "Tracked service"; unused without the scaffolder. */
export const formFields = [serviceName, creationReview];

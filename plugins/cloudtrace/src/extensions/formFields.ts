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

/** Fields of the template "Tracked service"; without the scaffolder they attach to nothing. */
export const formFields = [serviceName, creationReview];

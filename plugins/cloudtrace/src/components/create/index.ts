import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { CreationReviewField, validateCreation } from './CreationReviewField';
import { ServiceNameField, validateServiceName } from './ServiceNameField';

/** `ui:field: CloudtraceServiceName`. */
export const serviceNameField = createFormField({
  name: 'CloudtraceServiceName',
  component: ServiceNameField,
  validation: validateServiceName,
});

/** `ui:field: CloudtraceCreationReview`. */
export const creationReviewField = createFormField({
  name: 'CloudtraceCreationReview',
  component: CreationReviewField,
  validation: validateCreation,
});

export { CreationReviewField, validateCreation } from './CreationReviewField';
export { ServiceNameField, validateServiceName } from './ServiceNameField';

import type {
  CustomFieldValidator,
  FieldExtensionComponentProps,
} from '@backstage/plugin-scaffolder-react';
import { useEffect } from 'react';
import { CreationCost, CreationReview, findProblems } from './CreationReview';

/** Options of the field in the template. */
export interface CreationReviewOptions {
  /** `cost` shows one line with the cost; otherwise everything is shown. */
  show?: 'cost';
}

/**
 * Shows what the answers of the whole form create. It has no input: its value
 * is null, which the scaffolder's action drops.
 */
export function CreationReviewField(
  props: FieldExtensionComponentProps<null, CreationReviewOptions>,
) {
  const { formContext, formData, onChange, uiSchema } = props;
  useEffect(() => {
    // Only fields with a value are validated.
    if (formData !== null) onChange(null);
  }, [formData, onChange]);
  const answers: Record<string, unknown> = formContext?.formData ?? {};
  return uiSchema['ui:options']?.show === 'cost' ? (
    <CreationCost answers={answers} />
  ) : (
    <CreationReview answers={answers} />
  );
}

/** Rejects answers that cannot be combined when the user continues. */
export const validateCreation: CustomFieldValidator<
  null,
  CreationReviewOptions
> = (_value, field, { formData }) => {
  findProblems(formData).forEach(problem => field.addError(problem));
};

import type {
  CustomFieldValidator,
  FieldExtensionComponentProps,
} from '@backstage/plugin-scaffolder-react';
import { useEffect } from 'react';
import {
  CreationCost,
  CreationReview,
  findProblems,
} from './CreationReview';

/** Options of the field in the template. */
export interface CreationReviewOptions {
  /** `cost` shows a line with the cost; everything otherwise. */
  show?: 'cost';
}

/**
 * Shows what the answers of the whole form create. It asks for nothing: its value is null, which the scaffolder's action drops.
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

/** Refuses answers that do not go together when one wants to go on. */
export const validateCreation: CustomFieldValidator<
  null,
  CreationReviewOptions
> = (_value, field, { formData }) => {
  findProblems(formData).forEach(problem => field.addError(problem));
};

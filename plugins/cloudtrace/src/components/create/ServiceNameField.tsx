import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import type {
  CustomFieldValidator,
  FieldExtensionComponentProps,
} from '@backstage/plugin-scaffolder-react';
import { findTrackedServiceProblems } from '@cloudtrace/plugin-scaffolder-cloudtrace-common';
import TextField from '@mui/material/TextField';
import { useEffect, useState } from 'react';
import { textOf } from '../../state/textOf';
import { useText, type Text } from '../../state/useText';

const entityRefOf = (name: string) =>
  stringifyEntityRef({ kind: 'component', namespace: 'default', name });

/** Why a name is invalid, regardless of the catalog. */
function problemOfName(t: Text, name: string | undefined): string | undefined {
  const reason = findTrackedServiceProblems({ name }).find(
    problem => problem.option === 'name',
  )?.reason;
  return reason && t('create.nameProblem', { reason });
}

/** Long enough to avoid a query for every letter. */
const TYPING_PAUSE_MS = 300;

/** Whether the catalog has a component with that name; false while unknown. */
function useIsTaken(name: string | undefined): boolean {
  const catalogApi = useApi(catalogApiRef);
  const [takenName, setTakenName] = useState<string>();
  useEffect(() => {
    if (!name) return undefined;
    let current = true;
    const timer = setTimeout(async () => {
      // The check before the next page reports a catalog that does not respond.
      const entity = await catalogApi
        .getEntityByRef(entityRefOf(name))
        .catch(() => undefined);
      if (current && entity) setTakenName(name);
    }, TYPING_PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [catalogApi, name]);
  return name !== undefined && takenName === name;
}

/** Asks for the service's name and explains while the user types why it is invalid. */
export function ServiceNameField(props: FieldExtensionComponentProps<string>) {
  const { formData, onChange, rawErrors = [], schema, uiSchema } = props;
  const t = useText();
  const reason = formData ? problemOfName(t, formData) : undefined;
  const taken = useIsTaken(reason ? undefined : formData)
    ? t('create.nameTaken', { name: formData ?? '' })
    : undefined;
  // The form's own messages appear late (on "Next") and come from the schema;
  // ours are about the current input.
  const problem = reason ?? taken ?? (formData ? undefined : rawErrors[0]);
  return (
    <TextField
      id={props.idSchema?.$id}
      label={schema.title}
      value={formData ?? ''}
      onChange={({ target }) => onChange(target.value || undefined)}
      required={props.required}
      disabled={props.disabled}
      error={Boolean(problem)}
      helperText={problem ?? schema.description}
      placeholder={uiSchema['ui:placeholder']}
      variant="outlined"
      size="small"
      fullWidth
      inputProps={{ autoComplete: 'off', spellCheck: false }}
      FormHelperTextProps={{ role: problem ? 'alert' : undefined }}
    />
  );
}

/**
 * Rejects an invalid or taken name when the user continues. The server checks
 * again, and also sees entities that are hidden from the user.
 */
export const validateServiceName: CustomFieldValidator<string> = async (
  name,
  field,
  { apiHolder },
) => {
  const t = textOf(apiHolder);
  const reason = problemOfName(t, name);
  if (reason) {
    field.addError(reason);
    return;
  }
  const entity = await apiHolder
    .get(catalogApiRef)
    ?.getEntityByRef(entityRefOf(name));
  if (entity) {
    field.addError(t('create.nameTaken', { name }));
  }
};

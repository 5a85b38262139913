import {
  errorApiRef,
  identityApiRef,
  toastApiRef,
  translationApiRef,
  type ApiHolder,
  type ApiRef,
} from '@backstage/frontend-plugin-api';
import {
  createVersionedContext,
  createVersionedValueMap,
} from '@backstage/version-bridge';
import type { ReactNode } from 'react';
import { englishTexts } from './englishTexts';

const ApiContext = createVersionedContext<{ 1: ApiHolder }>('api-context');

const standard: Array<readonly [ApiRef<any>, unknown]> = [
  [translationApiRef, englishTexts],
  [errorApiRef, { post() {}, error$() {} }],
  [toastApiRef, { post() {} }],
  [
    identityApiRef,
    {
      getBackstageIdentity: async () => ({
        type: 'user',
        userEntityRef: 'user:default/guest',
        ownershipEntityRefs: ['user:default/guest'],
      }),
    },
  ],
];

/**
 * Gives a component that is rendered on its own the APIs of an app. Backstage's
 * `TestApiProvider` does the same, but loads all of an app's user interface:
 * half of the time that a test file took.
 */
export function TestApis(props: {
  apis?: ReadonlyArray<readonly [ApiRef<any>, unknown]>;
  children: ReactNode;
}) {
  const byId = new Map(
    [...standard, ...(props.apis ?? [])].map(([{ id }, api]) => [id, api]),
  );
  const holder = { get: ({ id }) => byId.get(id) } as ApiHolder;
  return (
    <ApiContext.Provider value={createVersionedValueMap({ 1: holder })}>
      {props.children}
    </ApiContext.Provider>
  );
}

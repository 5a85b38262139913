import { errorApiRef, translationApiRef } from '@backstage/frontend-plugin-api';
import { mockApis, TestApiProvider } from '@backstage/frontend-test-utils';
import type { ReactNode } from 'react';

/** Gives a component that is rendered on its own the texts. */
export function wrapper(props: { children: ReactNode }) {
  return (
    <TestApiProvider
      apis={[
        [translationApiRef, mockApis.translation()],
        [errorApiRef, mockApis.error()],
      ]}
    >
      {props.children}
    </TestApiProvider>
  );
}

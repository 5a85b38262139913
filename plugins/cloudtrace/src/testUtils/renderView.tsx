import type { ApiRef } from '@backstage/frontend-plugin-api';
import { createTheme, ThemeProvider } from '@mui/material/styles';
import { render } from '@testing-library/react';
import type { ReactElement } from 'react';
import { MemoryRouter, Route, Routes } from 'react-router-dom';
import { createDemoApi } from '../../dev/DemoCloudtraceApi';
import { cloudtraceApiRef, type CloudtraceApi } from '../api';
import { TabPage } from '../components/tab/TabPage';
import { BASE } from './demoEntity';
import { TestApis } from './TestApis';

const theme = createTheme();

/**
 * Renders one view inside the tab, with the playground's demo data; `api`
 * replaces single calls. The first part of the path names the view.
 */
export function renderView(
  view: ReactElement,
  path: string,
  options: {
    api?: Partial<CloudtraceApi>;
    apis?: Array<readonly [ApiRef<any>, unknown]>;
  } = {},
) {
  const api: CloudtraceApi = { ...createDemoApi(), ...options.api };
  const name = /^\/([\w-]+)/.exec(path)![1];
  render(
    <TestApis apis={[[cloudtraceApiRef, api], ...(options.apis ?? [])]}>
      <ThemeProvider theme={theme}>
        <MemoryRouter initialEntries={[`${BASE}${path}`]}>
          <Routes>
            <Route
              path={`${BASE}/*`}
              element={
                <TabPage
                  entityRef="component:default/demo-service"
                  views={[{ path: name, title: name, element: view }]}
                />
              }
            />
          </Routes>
        </MemoryRouter>
      </ThemeProvider>
    </TestApis>,
  );
  return api;
}

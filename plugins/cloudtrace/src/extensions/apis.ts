import { ApiBlueprint, fetchApiRef } from '@backstage/frontend-plugin-api';
import { cloudtraceApiRef } from '../api/CloudtraceApi';
import { CloudtraceClient } from '../api/CloudtraceClient';

const cloudtraceApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: cloudtraceApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: ({ fetchApi }) => new CloudtraceClient({ fetchApi }),
    }),
});

export const apis = [cloudtraceApi];

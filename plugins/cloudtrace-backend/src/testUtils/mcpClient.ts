import type { AddressInfo } from 'node:net';
import type { TestBackend } from '@backstage/backend-test-utils';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { asUser } from './backend';

/** Answer of a tool. */
export interface ToolAnswer {
  isError: boolean;
  /** What an assistant reads. */
  text: string;
  /** The same as an object, if it is no error. */
  output: any;
}

/** Connects an MCP client to Backstage's MCP backend, signed in as a user. */
export async function connectMcp(
  { server }: TestBackend,
  userEntityRef?: string,
) {
  const { port } = server.address() as AddressInfo;
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(
    new StreamableHTTPClientTransport(
      new URL(`http://127.0.0.1:${port}/api/mcp-actions/v1`),
      { requestInit: { headers: asUser(userEntityRef) } },
    ),
  );
  return {
    list: async () => (await client.listTools()).tools,
    call: async (name: string, input: object): Promise<ToolAnswer> => {
      const result = await client.callTool({
        name: `cloudtrace.${name}`,
        arguments: { ...input },
      });
      const [{ text }] = result.content as Array<{ text: string }>;
      return {
        isError: result.isError === true,
        text,
        output: result.structuredContent,
      };
    },
    close: () => client.close(),
  };
}

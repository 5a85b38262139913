import { render, screen } from '@testing-library/react';
import App from './App';

describe('App', () => {
  it('offers a guest sign-in', async () => {
    process.env = {
      NODE_ENV: 'test',
      APP_CONFIG: [
        {
          data: {
            app: { title: 'CloudTrace', baseUrl: 'http://localhost:3000' },
            auth: { environment: 'development', providers: { guest: {} } },
            backend: { baseUrl: 'http://localhost:7007' },
          },
          context: 'test',
        },
      ] as unknown as string,
    };
    render(App.createRoot());
    expect(await screen.findByText('Guest')).toBeInTheDocument();
  });
});

import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { Route, Switch } from 'wouter';
import { createQueryClient } from './api/createQueryClient';
import { Header } from './components/Header';
import { Loading } from './components/Loading';
import { InboxProvider } from './inbox/InboxProvider';
import { InboxPage } from './inbox/InboxPage';
import { NotFoundPage } from './pages/NotFoundPage';

// The first view is the inbox; everything else loads when it is opened.
const SendPage = lazy(() => import('./send/SendPage'));
const SignInPage = lazy(() => import('./pages/SignInPage'));
const AdminPage = lazy(() => import('./admin/AdminPage'));

export function App() {
  const [client] = useState(createQueryClient);
  return (
    <QueryClientProvider client={client}>
      <InboxProvider>
        <a
          href="#main"
          className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:m-2 focus:bg-panel focus:p-2"
        >
          Skip to content
        </a>
        <div className="flex min-h-dvh flex-col">
          <Header />
          <main
            id="main"
            className="mx-auto w-full max-w-5xl flex-1 px-4 pb-16"
          >
            <Suspense fallback={<Loading />}>
              <Switch>
                <Route path="/" component={InboxPage} />
                <Route path="/send" component={SendPage} />
                <Route path="/sign-in">
                  <SignInPage key="in" mode="sign-in" />
                </Route>
                <Route path="/sign-up">
                  <SignInPage key="up" mode="sign-up" />
                </Route>
                <Route path="/admin" component={AdminPage} />
                <Route component={NotFoundPage} />
              </Switch>
            </Suspense>
          </main>
        </div>
      </InboxProvider>
    </QueryClientProvider>
  );
}

import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { Route, Switch } from 'wouter';
import { createQueryClient } from './api/createQueryClient';
import { Footer } from './components/Footer';
import { Header } from './components/Header';
import { Loading } from './components/Loading';
import { NotFoundPage } from './pages/NotFoundPage';
import { CataloguePage } from './pages/CataloguePage';

// The first view is the catalogue; everything else loads when it is opened.
const ProductPage = lazy(() => import('./pages/ProductPage'));
const CheckoutPage = lazy(() => import('./pages/CheckoutPage'));
const OrdersPage = lazy(() => import('./pages/OrdersPage'));
const OrderPage = lazy(() => import('./pages/OrderPage'));
const ProfilePage = lazy(() => import('./pages/ProfilePage'));
const SignInPage = lazy(() => import('./pages/SignInPage'));
const AdminPage = lazy(() => import('./admin/AdminPage'));
const LivePage = lazy(() => import('./live/LivePage'));
const CartDrawer = lazy(() => import('./components/CartDrawer'));

export function App() {
  const [client] = useState(createQueryClient);
  const [cartOpen, setCartOpen] = useState(false);
  return (
    <QueryClientProvider client={client}>
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:m-2 focus:bg-panel focus:p-2"
      >
        Skip to content
      </a>
      <div className="flex min-h-dvh flex-col">
        <Header onOpenCart={() => setCartOpen(true)} />
        <main id="main" className="mx-auto w-full max-w-6xl flex-1 px-4 pb-16">
          <Suspense fallback={<Loading />}>
            <Switch>
              <Route path="/" component={CataloguePage} />
              <Route path="/products/:slug">
                {({ slug }) => (
                  <ProductPage slug={slug} onAdded={() => setCartOpen(true)} />
                )}
              </Route>
              <Route path="/checkout" component={CheckoutPage} />
              <Route path="/orders" component={OrdersPage} />
              <Route path="/orders/:id">
                {({ id }) => <OrderPage id={id} />}
              </Route>
              <Route path="/profile" component={ProfilePage} />
              <Route path="/sign-in">
                <SignInPage key="in" mode="sign-in" />
              </Route>
              <Route path="/sign-up">
                <SignInPage key="up" mode="sign-up" />
              </Route>
              <Route path="/admin" component={AdminPage} />
              <Route path="/live" component={LivePage} />
              <Route component={NotFoundPage} />
            </Switch>
          </Suspense>
        </main>
        <Footer />
      </div>
      {cartOpen && (
        <Suspense fallback={null}>
          <CartDrawer onClose={() => setCartOpen(false)} />
        </Suspense>
      )}
    </QueryClientProvider>
  );
}

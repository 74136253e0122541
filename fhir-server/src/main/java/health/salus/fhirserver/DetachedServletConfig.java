package health.salus.fhirserver;

import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletContext;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/** Configuration of a servlet that lives in no container: no parameters, and a context that knows nothing. */
record DetachedServletConfig(String name) implements ServletConfig {
    /** Every question is answered with nothing: null, 0 or false. */
    private static final ServletContext NOWHERE = (ServletContext) Proxy.newProxyInstance(
            DetachedServletConfig.class.getClassLoader(),
            new Class<?>[] {ServletContext.class},
            (self, method, arguments) -> nothing(method.getReturnType()));

    private static @Nullable Object nothing(Class<?> type) {
        if (type == boolean.class) {
            return false;
        }
        return type == int.class ? 0 : null;
    }

    @Override
    public String getServletName() {
        return name;
    }

    @Override
    public ServletContext getServletContext() {
        return NOWHERE;
    }

    @Override
    public @Nullable String getInitParameter(String parameter) {
        return null;
    }

    @Override
    public Enumeration<String> getInitParameterNames() {
        return Collections.emptyEnumeration();
    }
}

package health.salus.node.pages;

import health.salus.foundation.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Serves style and modules under {@code /portal/assets/}, each with its digest as ETag, and lets pages choose a language. */
@Configuration(proxyBeanMethods = false)
class PageConfiguration implements WebMvcConfigurer {
    private final Languages languages;
    private final Map<Resource, String> tags = new ConcurrentHashMap<>();

    PageConfiguration(Languages languages) {
        this.languages = languages;
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/portal/assets/**")
                .addResourceLocations("classpath:/health/salus/node/pages/assets/")
                .setUseLastModified(false)
                .setEtagGenerator(file -> tags.computeIfAbsent(file, PageConfiguration::digest))
                .setCacheControl(CacheControl.noCache());
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(languages)
                .addPathPatterns("/*/portal/**", "/*/staff/**", "/*/guardian/**", "/explorer/**");
    }

    private static String digest(Resource file) {
        try {
            return "\"" + Sha256.of(file.getContentAsByteArray()).base64Url() + "\"";
        } catch (IOException e) {
            throw new UncheckedIOException("asset that can't be read", e);
        }
    }
}

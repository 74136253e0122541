package health.salus.node.pages;

import health.salus.foundation.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistration;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.thymeleaf.spring6.SpringTemplateEngine;

/**
 * Serves style and modules under {@code /portal/assets/}, each with its digest as ETag, and lets pages choose a language. Below
 * a digest of them all they may be kept for good. The ETags are weak, since the same content is also sent compressed.
 */
@Configuration(proxyBeanMethods = false)
class PageConfiguration implements WebMvcConfigurer {
    private final Languages languages;
    private final Assets assets;
    private final Map<Resource, String> tags = new ConcurrentHashMap<>();

    PageConfiguration(Languages languages, Assets assets, SpringTemplateEngine templates) {
        this.languages = languages;
        this.assets = assets;
        templates.addLinkBuilder(assets);
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        serve(registry, Assets.PATH).setCacheControl(CacheControl.noCache());
        serve(registry, assets.versioned())
                .setCacheControl(
                        CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable());
    }

    private ResourceHandlerRegistration serve(ResourceHandlerRegistry registry, String path) {
        return registry.addResourceHandler(path + "**")
                .addResourceLocations(Assets.LOCATION)
                .setUseLastModified(false)
                .setEtagGenerator(file -> tags.computeIfAbsent(file, PageConfiguration::digest));
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(languages)
                .addPathPatterns("/*/portal/**", "/*/staff/**", "/*/guardian/**", "/explorer/**");
    }

    private static String digest(Resource file) {
        try {
            return "W/\"" + Sha256.of(file.getContentAsByteArray()).base64Url() + "\"";
        } catch (IOException e) {
            throw new UncheckedIOException("asset that can't be read", e);
        }
    }
}

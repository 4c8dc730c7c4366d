using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.DataAnnotations;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace TrainingSite.Kernel;

/// <summary>
/// What a form says of wrong input, in the reader's language: the platform's own sentences are English. An attribute may still bring
/// its own <c>ErrorMessage</c>, which is looked up in the texts of the module that the model stands in.
/// </summary>
internal sealed class ValidationMessages(IStringLocalizerFactory localizers) : IConfigureOptions<MvcOptions>, IConfigureOptions<MvcDataAnnotationsLocalizationOptions>, IValidationMetadataProvider
{
    private const string Resource = "Strings";

    private readonly IStringLocalizer T = localizers.Create(Resource, typeof(ValidationMessages).Assembly.GetName().Name!);

    public void Configure(MvcOptions options)
    {
        var messages = options.ModelBindingMessageProvider;
        messages.SetAttemptedValueIsInvalidAccessor((value, field) => T["“{0}” không dùng được cho {1}.", value, field]);
        messages.SetNonPropertyAttemptedValueIsInvalidAccessor(value => T["“{0}” không dùng được.", value]);
        messages.SetValueIsInvalidAccessor(value => T["“{0}” không dùng được.", value]);
        messages.SetUnknownValueIsInvalidAccessor(field => T["Giá trị của {0} không dùng được.", field]);
        messages.SetNonPropertyUnknownValueIsInvalidAccessor(() => T["Giá trị không dùng được."]);
        messages.SetValueMustBeANumberAccessor(field => T["{0} phải là một số.", field]);
        messages.SetNonPropertyValueMustBeANumberAccessor(() => T["Phải là một số."]);
        messages.SetValueMustNotBeNullAccessor(field => T["Hãy điền {0}.", field]);
        messages.SetMissingBindRequiredValueAccessor(field => T["Thiếu {0}.", field]);
        messages.SetMissingKeyOrValueAccessor(() => T["Thiếu giá trị."]);
        messages.SetMissingRequestBodyRequiredValueAccessor(() => T["Yêu cầu không có nội dung."]);
        options.ModelMetadataDetailsProviders.Add(this);
    }

    public void Configure(MvcDataAnnotationsLocalizationOptions options) =>
        options.DataAnnotationLocalizerProvider = (model, _) => new ModelLocalizer(localizers.Create(Resource, model.Assembly.GetName().Name!), T);

    public void CreateValidationMetadata(ValidationMetadataProviderContext context)
    {
        foreach (var attribute in context.ValidationMetadata.ValidatorMetadata.OfType<ValidationAttribute>().Where(attribute => attribute.ErrorMessage is null && attribute.ErrorMessageResourceName is null))
        {
            switch (attribute)
            {
                case RequiredAttribute:
                    attribute.ErrorMessage = "Hãy điền {0}.";
                    break;
                case StringLengthAttribute { MinimumLength: > 0 }:
                    attribute.ErrorMessage = "{0} dài từ {2} đến {1} ký tự.";
                    break;
                case StringLengthAttribute:
                case MaxLengthAttribute:
                    attribute.ErrorMessage = "{0} dài nhiều nhất {1} ký tự.";
                    break;
                case RangeAttribute:
                    attribute.ErrorMessage = "{0} phải từ {1} đến {2}.";
                    break;
                case EmailAddressAttribute:
                    attribute.ErrorMessage = "{0} chưa phải địa chỉ e-mail.";
                    break;
                case CompareAttribute:
                    attribute.ErrorMessage = "{0} chưa giống {1}.";
                    break;
                default:
                    attribute.ErrorMessage = "{0} chưa đúng.";
                    break;
            }
        }
    }

    /// <summary>The words of a model: those of its module, else the sentences above.</summary>
    private sealed class ModelLocalizer(IStringLocalizer module, IStringLocalizer kernel) : IStringLocalizer
    {
        public LocalizedString this[string name] => module[name] is { ResourceNotFound: false } own ? own : kernel[name];

        public LocalizedString this[string name, params object[] arguments] => module[name, arguments] is { ResourceNotFound: false } own ? own : kernel[name, arguments];

        public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => [.. module.GetAllStrings(includeParentCultures), .. kernel.GetAllStrings(includeParentCultures)];
    }
}

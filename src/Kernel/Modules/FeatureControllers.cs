using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Mvc.Controllers;

namespace TrainingSite.Kernel;

/// <summary>Takes out the controllers whose feature is disabled, so that their addresses answer 404.</summary>
internal sealed class FeatureControllers(ModuleCatalog catalog) : IApplicationFeatureProvider<ControllerFeature>
{
    public void PopulateFeature(IEnumerable<ApplicationPart> parts, ControllerFeature feature)
    {
        foreach (var controller in feature.Controllers.Where(controller => !catalog.IsActive(controller)).ToArray())
        {
            feature.Controllers.Remove(controller);
        }
    }
}

/// <summary>A controller's area is the id of the module it stands in.</summary>
internal sealed class ModuleAreaConvention(ModuleCatalog catalog) : IControllerModelConvention
{
    public void Apply(ControllerModel controller)
    {
        if (catalog.Modules.FirstOrDefault(module => module.Assembly == controller.ControllerType.Assembly) is { } module)
        {
            controller.RouteValues["area"] = module.Id;
        }
    }
}

namespace TrainingSite.Kernel;

/// <summary>Where an item of the menu stands.</summary>
public enum NavigationPlace
{
    /// <summary>The five of everybody: bottom bar on phones, left rail from 900 px.</summary>
    Main,

    /// <summary>"Điều hành": the group for staff in the left rail.</summary>
    Admin,
}

/// <summary>One item of the menu.</summary>
/// <param name="Text">Its words, already in the reader's language.</param>
/// <param name="Url">Where it leads, such as <c>/courses</c>.</param>
/// <param name="Icon">Name of an icon in the theme's <c>icons.json</c>.</param>
/// <param name="Order">Position, ascending.</param>
/// <param name="Place">Which menu.</param>
/// <param name="Permission">Needed to see it; null for everybody.</param>
public sealed record NavigationItem(string Text, string Url, string Icon, int Order, NavigationPlace Place = NavigationPlace.Admin, Permission? Permission = null);

/// <summary>A module's contribution to the menus, written in its <c>AdminMenu.cs</c> (or <c>MainMenu.cs</c>).</summary>
public interface INavigationProvider
{
    /// <summary>The module's items.</summary>
    IEnumerable<NavigationItem> GetItems();
}

/// <summary>The menus, cut down to what the reader may use. The theme renders them.</summary>
public sealed class NavigationManager(IEnumerable<INavigationProvider> providers, CurrentUser user)
{
    /// <summary>The items of one menu that the reader may use, in order.</summary>
    public IReadOnlyList<NavigationItem> GetItems(NavigationPlace place) =>
        [.. providers.SelectMany(provider => provider.GetItems())
            .Where(item => item.Place == place && (item.Permission is null || user.Can(item.Permission)))
            .OrderBy(item => item.Order)];
}
